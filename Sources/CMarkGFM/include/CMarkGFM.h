#ifndef MUSTER_CMARKGFM_H
#define MUSTER_CMARKGFM_H
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#endif
