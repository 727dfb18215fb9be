// Open311
