"""The lessons that come with handgrad, one TOML file each."""
