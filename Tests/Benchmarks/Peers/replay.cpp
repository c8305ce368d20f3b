// The bar for replay: every line through simdjson on demand (five fields of the envelope and the span of the
// payload), every seal recomputed with OpenSSL. It keeps nothing and folds nothing.
//
//   replay FILE        prints: seconds lines bad-seals peak-KiB
#include <fcntl.h>
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <simdjson.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

static constexpr size_t seal_size = 75;

struct Totals {
    size_t lines = 0, bad = 0, characters = 0;
    uint64_t sequences = 0;
};

static bool seal_holds(const char *previous, const char *line, size_t size) {
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[SHA256_DIGEST_LENGTH];
    char hex[64];
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, previous, 64);
    SHA256_Update(&context, line, size - seal_size);
    SHA256_Final(digest, &context);
    for (int i = 0; i < 32; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    return memcmp(hex, line + size - 66, 64) == 0;
}

static void read_line(ondemand::parser &parser, const char *line, size_t size, size_t room,
                      char *previous, Totals &totals) {
    padded_string_view view(line, size, room);
    ondemand::document document = parser.iterate(view);
    ondemand::object object = document.get_object();
    uint64_t sequence = object["seq"].get_uint64();
    std::string_view id = object["id"].get_string();
    std::string_view recorded = object["recorded"].get_string();
    std::string_view actor = object["actor"].get_string();
    std::string_view kind = object["kind"].get_string();
    std::string_view payload = simdjson::to_json_string(object["data"]);
    totals.sequences += sequence;
    totals.characters += id.size() + recorded.size() + actor.size() + kind.size() + payload.size();
    totals.lines++;
    if (!seal_holds(previous, line, size)) totals.bad++;
    memcpy(previous, line + size - 66, 64);
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    auto start = std::chrono::steady_clock::now();
    int file = open(arguments[1], O_RDONLY | O_CLOEXEC);
    if (file < 0) return 4;
    const size_t capacity = 1 << 20;
    std::vector<char> buffer(capacity + SIMDJSON_PADDING);
    char previous[64];
    memset(previous, '0', 64);
    ondemand::parser parser;
    Totals totals;
    size_t held = 0;
    for (;;) {
        ssize_t got = read(file, buffer.data() + held, capacity - held);
        if (got <= 0) break;
        held += got;
        size_t begin = 0;
        while (const char *end =
                   (const char *)memchr(buffer.data() + begin, '\n', held - begin)) {
            size_t size = end - (buffer.data() + begin);
            read_line(parser, buffer.data() + begin, size, buffer.size() - begin, previous, totals);
            begin += size + 1;
        }
        memmove(buffer.data(), buffer.data() + begin, held - begin);
        held -= begin;
    }
    std::chrono::duration<double> span = std::chrono::steady_clock::now() - start;
    long peak = 0;
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmHWM:", 0) == 0) peak = std::stol(line.substr(6));
    printf("%.6f %zu %zu %ld\n", span.count(), totals.lines, totals.bad, peak);
    return totals.lines > 0 && totals.characters > 0 ? 0 : 1;
}
