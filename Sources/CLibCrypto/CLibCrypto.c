#include "CLibCrypto.h"

// The one-shot and EVP functions of OpenSSL 3 look their algorithm up on every call, which costs more than
// hashing a line of the log. The direct ones are deprecated and stay for the life of OpenSSL 3.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/sha.h>

_Static_assert(sizeof(SHA256_CTX) <= sizeof(muster_sha256), "room for the library's context");

static void write_hex(const unsigned char *digest, uint8_t *hex_out) {
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < SHA256_DIGEST_LENGTH; i++) {
        hex_out[2 * i] = (uint8_t)digits[digest[i] >> 4];
        hex_out[2 * i + 1] = (uint8_t)digits[digest[i] & 15];
    }
}

void muster_sha256_hex(
    const uint8_t *first, size_t first_count,
    const uint8_t *second, size_t second_count,
    uint8_t *hex_out) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, first, first_count);
    SHA256_Update(&context, second, second_count);
    SHA256_Final(digest, &context);
    write_hex(digest, hex_out);
}

void muster_sha256_begin(muster_sha256 *hash) { SHA256_Init((SHA256_CTX *)hash->words); }

void muster_sha256_add(muster_sha256 *hash, const uint8_t *bytes, size_t count) {
    SHA256_Update((SHA256_CTX *)hash->words, bytes, count);
}

void muster_sha256_end(muster_sha256 *hash, uint8_t *hex_out) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256_Final(digest, (SHA256_CTX *)hash->words);
    write_hex(digest, hex_out);
}

// RFC 2104 over the direct functions: the library's own HMAC would bring all of its algorithms into the program.
void muster_hmac_sha256(
    const uint8_t *key, size_t key_count, const uint8_t *bytes, size_t count, uint8_t *digest_out) {
    enum { block = 64 };
    unsigned char inner[block] = {0}, outer[block];
    SHA256_CTX context;
    if (key_count > block) {
        SHA256_Init(&context);
        SHA256_Update(&context, key, key_count);
        SHA256_Final(inner, &context);
    } else {
        for (size_t i = 0; i < key_count; i++) inner[i] = key[i];
    }
    for (int i = 0; i < block; i++) {
        outer[i] = inner[i] ^ 0x5c;
        inner[i] ^= 0x36;
    }
    SHA256_Init(&context);
    SHA256_Update(&context, inner, block);
    if (count) SHA256_Update(&context, bytes, count);
    SHA256_Final(digest_out, &context);
    SHA256_Init(&context);
    SHA256_Update(&context, outer, block);
    SHA256_Update(&context, digest_out, SHA256_DIGEST_LENGTH);
    SHA256_Final(digest_out, &context);
    OPENSSL_cleanse(inner, block);
    OPENSSL_cleanse(outer, block);
}

int muster_equal(const uint8_t *one, const uint8_t *other, size_t count) {
    return count == 0 || CRYPTO_memcmp(one, other, count) == 0;
}
