// Only the reentrant (_r) functions: the others share one context between threads.
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
