"""What the commands of the console script do; `pipeline.cli` holds their options."""
