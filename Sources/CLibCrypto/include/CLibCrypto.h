#ifndef MUSTER_CLIBCRYPTO_H
#define MUSTER_CLIBCRYPTO_H
#include <stddef.h>
#include <stdint.h>

/// SHA-256 over two stretches of memory, one after the other, written as 64 lower-case hexadecimal characters.
void muster_sha256_hex(
    const uint8_t *_Nullable first, size_t first_count,
    const uint8_t *_Nullable second, size_t second_count,
    uint8_t *_Nonnull hex_out);

/// A hash in the making.
typedef struct {
    uint64_t words[16];
} muster_sha256;

void muster_sha256_begin(muster_sha256 *_Nonnull hash);
void muster_sha256_add(muster_sha256 *_Nonnull hash, const uint8_t *_Nullable bytes, size_t count);

/// Ends the hash and writes it as 64 lower-case hexadecimal characters.
void muster_sha256_end(muster_sha256 *_Nonnull hash, uint8_t *_Nonnull hex_out);

#endif
