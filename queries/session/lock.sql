-- Shut the instance off from files and networks, and lock its settings.
set enable_external_access = false;
set lock_configuration = true;
