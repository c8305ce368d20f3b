#ifndef MUSTER_CLIBCRYPTO_H
#define MUSTER_CLIBCRYPTO_H
#include <stddef.h>
#include <stdint.h>

/// SHA-256 over two stretches of memory, one after the other, written as 64 lower-case hexadecimal characters.
void muster_sha256_hex(
    const uint8_t *_Nullable first, size_t first_count,
    const uint8_t *_Nullable second, size_t second_count,
    uint8_t *_Nonnull hex_out);

#endif
