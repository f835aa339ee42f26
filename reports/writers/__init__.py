"""Writers: a document becomes bytes."""
