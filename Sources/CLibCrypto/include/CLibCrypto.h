#ifndef MUSTER_CLIBCRYPTO_H
#define MUSTER_CLIBCRYPTO_H
#include <stddef.h>
#include <stdint.h>

/// SHA-256 over two stretches of memory, one after the other, written as 64 lower-case hexadecimal characters.
void muster_sha256_hex(
    const uint8_t *_Nullable first, size_t first_count,
    const uint8_t *_Nullable second, size_t second_count,
    uint8_t *_Nonnull hex_out);

/// HMAC by RFC 2104 with SHA-256 over a stretch of memory: 32 bytes.
void muster_hmac_sha256(
    const uint8_t *_Nullable key, size_t key_count, const uint8_t *_Nullable bytes, size_t count,
    uint8_t *_Nonnull digest_out);

/// A hash in the making.
typedef struct {
    uint64_t words[16];
} muster_sha256;

void muster_sha256_begin(muster_sha256 *_Nonnull hash);
void muster_sha256_add(muster_sha256 *_Nonnull hash, const uint8_t *_Nullable bytes, size_t count);

/// Ends the hash and writes it as 64 lower-case hexadecimal characters.
void muster_sha256_end(muster_sha256 *_Nonnull hash, uint8_t *_Nonnull hex_out);

/// 1 where two stretches of memory are the same, in a time that depends on their length alone.
int muster_equal(const uint8_t *_Nullable one, const uint8_t *_Nullable other, size_t count);

#endif
