"""The engines that run SQL steps; no other folder imports one."""
