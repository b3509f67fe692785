"""What the classifier learns from and is shown with: documents written by us, their labels, the demo bundles, the models."""
