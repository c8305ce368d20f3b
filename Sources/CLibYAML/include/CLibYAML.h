#ifndef MUSTER_CLIBYAML_H
#define MUSTER_CLIBYAML_H
#include <yaml.h>
#endif
