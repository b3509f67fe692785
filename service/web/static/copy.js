// Copies the text of an element to the clipboard; without a clipboard the text can be selected by hand.
import { tell } from "./keys.js";

const button = document.getElementById("copy");
const source = document.getElementById(button.dataset.copies);
if (navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.value);
      tell("Copied.");
    } catch {
      source.closest("details").open = true;
      source.select();
      tell("Select the text and copy it by hand.");
    }
  });
}
