"""Label Studio's JSON of tasks, annotations and predictions, and its labelling configuration."""
