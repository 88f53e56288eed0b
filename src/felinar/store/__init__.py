"""What is kept on disk: the workspace, the originals, the derived tables, what people wrote."""
