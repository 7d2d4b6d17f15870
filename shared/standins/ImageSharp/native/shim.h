/* The C side of the ImageSharp stand-in: whole files in memory in, pixels in memory out. */
#ifndef IMAGESHARP_STANDIN_SHIM_H
#define IMAGESHARP_STANDIN_SHIM_H

#include <stddef.h>
#include <stdint.h>

#define SHIM_EXPORT __attribute__((visibility("default")))
#define SHIM_MESSAGE 200

/* What a call ended with; the managed side turns the others into exceptions. */
enum shim_status { SHIM_OK = 0, SHIM_INVALID = 1, SHIM_UNSUPPORTED = 2, SHIM_MEMORY = 3 };

/* Size of the picture; grey is 1 where the file has no colours and no transparency. */
struct shim_info { uint32_t width, height, grey; };

/* Where pixels go: rows without gaps, channels 1, 3 or 4, of 8 or 16 bits (native byte order). The decoder
   refuses a file whose size is not width x height, so the buffer can never be too small. */
struct shim_target { uint8_t *pixels; uint32_t width, height, channels, bits; };

int shim_fail(char *message, int status, const char *text);

#endif
