#include "shim.h"

#include <stdio.h>
#include <stdlib.h>

int shim_fail(char *message, int status, const char *text)
{
    snprintf(message, SHIM_MESSAGE, "%s", text);
    return status;
}

/* Frees what an encoder returned. */
SHIM_EXPORT void shim_free(void *memory)
{
    free(memory);
}
