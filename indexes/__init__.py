"""Text to vectors to hits.

Import from the modules, so that nothing heavy is loaded that is not used: `embedder` (Embedder, FakeEmbedder,
load_embedder), `hybrid` (HybridIndex, IndexItem, Vector, Hit), `dense`, `lexical`, `fusion`, `ranking`, `question`,
`terms` (Termbase, load_termbase), `analysis` (spans, for marking what matched), `errors`.
"""
