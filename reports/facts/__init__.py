"""Facts: values, records, figures and what follows from them, without a language."""
