#define _GNU_SOURCE
#include "CLibCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// The part of the library's binary interface that is used, which has been the same since its version 7.85: nothing of
// it is needed to build, and a program that never sends runs without it.
typedef void CURL;
struct curl_slist;
typedef int CURLcode;

enum {
    OPT_LONG = 0,
    OPT_OBJECT = 10000,
    OPT_FUNCTION = 20000,
    OPT_OFFSET = 30000,

    CURLOPT_WRITEDATA = OPT_OBJECT + 1,
    CURLOPT_URL = OPT_OBJECT + 2,
    CURLOPT_PROXY = OPT_OBJECT + 4,
    CURLOPT_READDATA = OPT_OBJECT + 9,
    CURLOPT_ERRORBUFFER = OPT_OBJECT + 10,
    CURLOPT_WRITEFUNCTION = OPT_FUNCTION + 11,
    CURLOPT_READFUNCTION = OPT_FUNCTION + 12,
    CURLOPT_HTTPHEADER = OPT_OBJECT + 23,
    CURLOPT_CUSTOMREQUEST = OPT_OBJECT + 36,
    CURLOPT_NOPROGRESS = OPT_LONG + 43,
    CURLOPT_FAILONERROR = OPT_LONG + 45,
    CURLOPT_UPLOAD = OPT_LONG + 46,
    CURLOPT_NETRC = OPT_LONG + 51,
    CURLOPT_FOLLOWLOCATION = OPT_LONG + 52,
    CURLOPT_XFERINFODATA = OPT_OBJECT + 57,
    CURLOPT_SSL_VERIFYPEER = OPT_LONG + 64,
    CURLOPT_CAINFO = OPT_OBJECT + 65,
    CURLOPT_HTTP_VERSION = OPT_LONG + 84,
    CURLOPT_HEADERDATA = OPT_OBJECT + 29,
    CURLOPT_HEADERFUNCTION = OPT_FUNCTION + 79,
    CURLOPT_SSLCERT = OPT_OBJECT + 25,
    CURLOPT_SSLKEY = OPT_OBJECT + 87,
    CURLOPT_SSL_VERIFYHOST = OPT_LONG + 81,
    CURLOPT_NOSIGNAL = OPT_LONG + 99,
    CURLOPT_USE_SSL = OPT_LONG + 119,
    CURLOPT_POSTFIELDSIZE_LARGE = OPT_OFFSET + 120,
    CURLOPT_TIMEOUT_MS = OPT_LONG + 155,
    CURLOPT_CONNECTTIMEOUT_MS = OPT_LONG + 156,
    CURLOPT_COPYPOSTFIELDS = OPT_OBJECT + 165,
    CURLOPT_USERNAME = OPT_OBJECT + 173,
    CURLOPT_PASSWORD = OPT_OBJECT + 174,
    CURLOPT_MAIL_FROM = OPT_OBJECT + 186,
    CURLOPT_MAIL_RCPT = OPT_OBJECT + 187,
    CURLOPT_XFERINFOFUNCTION = OPT_FUNCTION + 219,
    CURLOPT_DISALLOW_USERNAME_IN_URL = OPT_LONG + 278,
    CURLOPT_PROTOCOLS_STR = OPT_OBJECT + 318,

    CURLINFO_RESPONSE_CODE = 0x200000 + 2,
    CURLINFO_RETRY_AFTER = 0x600000 + 57,

    CURLE_UNSUPPORTED = 1,
    USE_SSL_ALL = 3,
    HTTP_1_1 = 2,
    GLOBAL_ALL = 3,
};

static struct {
    CURLcode (*global_init)(long flags);
    CURL *(*init)(void);
    CURLcode (*set)(CURL *handle, int option, ...);
    CURLcode (*perform)(CURL *handle);
    CURLcode (*info)(CURL *handle, int info, ...);
    void (*cleanup)(CURL *handle);
    void (*reset)(CURL *handle);
    const char *(*words)(CURLcode error);
    char *(*version)(void);
    struct curl_slist *(*append)(struct curl_slist *list, const char *text);
    void (*free_all)(struct curl_slist *list);
} curl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_loaded;

static void load(void) {
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
    void *library = NULL;
    for (size_t i = 0; !library && i < sizeof names / sizeof *names; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    *(void **)&curl.global_init = dlsym(library, "curl_global_init");
    *(void **)&curl.init = dlsym(library, "curl_easy_init");
    *(void **)&curl.set = dlsym(library, "curl_easy_setopt");
    *(void **)&curl.perform = dlsym(library, "curl_easy_perform");
    *(void **)&curl.info = dlsym(library, "curl_easy_getinfo");
    *(void **)&curl.cleanup = dlsym(library, "curl_easy_cleanup");
    *(void **)&curl.reset = dlsym(library, "curl_easy_reset");
    *(void **)&curl.words = dlsym(library, "curl_easy_strerror");
    *(void **)&curl.version = dlsym(library, "curl_version");
    *(void **)&curl.append = dlsym(library, "curl_slist_append");
    *(void **)&curl.free_all = dlsym(library, "curl_slist_free_all");
    is_loaded = curl.global_init && curl.init && curl.set && curl.perform && curl.info && curl.cleanup
        && curl.reset && curl.words && curl.version && curl.append && curl.free_all && curl.global_init(GLOBAL_ALL) == 0;
}

int muster_curl_load(void) {
    pthread_once(&once, load);
    return is_loaded ? 0 : 1;
}

const char *muster_curl_version(void) { return muster_curl_load() == 0 ? curl.version() : NULL; }

typedef struct {
    muster_curl_answer *answer;
    size_t limit;
} sink;

static size_t take(char *bytes, size_t size, size_t count, void *to) {
    sink *sink = to;
    size_t more = size * count;
    muster_curl_answer *answer = sink->answer;
    if (more > sink->limit - answer->answer_count) return 0;
    uint8_t *grown = realloc(answer->answer, answer->answer_count + more + 1);
    if (!grown) return 0;
    memcpy(grown + answer->answer_count, bytes, more);
    answer->answer = grown;
    answer->answer_count += more;
    return more;
}

// Hands on what arrives as it arrives.
static size_t hand_on(char *bytes, size_t size, size_t count, void *from) {
    const muster_curl_request *request = from;
    size_t more = size * count;
    return request->stream(request->stream_context, (const uint8_t *)bytes, more) == 0 ? more : 0;
}

// Keeps the server's clock, of all headers.
static size_t take_header(char *bytes, size_t size, size_t count, void *to) {
    muster_curl_answer *answer = to;
    size_t length = size * count;
    const size_t name = 6;
    if (length > name && strncasecmp(bytes, "date: ", name) == 0) {
        size_t rest = length - name;
        while (rest > 0 && (bytes[name + rest - 1] == '\r' || bytes[name + rest - 1] == '\n')) rest--;
        if (rest < sizeof answer->date) {
            memcpy(answer->date, bytes + name, rest);
            answer->date[rest] = 0;
        }
    }
    return length;
}

typedef struct {
    const uint8_t *bytes;
    size_t count;
} source;

static size_t give(char *room, size_t size, size_t count, void *from) {
    source *source = from;
    size_t most = size * count;
    size_t part = source->count < most ? source->count : most;
    if (part > 0) memcpy(room, source->bytes, part);
    source->bytes += part;
    source->count -= part;
    return part;
}

static int is_over(void *from, int64_t a, int64_t b, int64_t c, int64_t d) {
    (void)a; (void)b; (void)c; (void)d;
    const volatile int *cancelled = from;
    return *cancelled != 0;
}

static struct curl_slist *list(const char *const *texts, size_t count, struct curl_slist *list) {
    for (size_t i = 0; i < count; i++) {
        struct curl_slist *longer = curl.append(list, texts[i]);
        if (!longer) {
            curl.free_all(list);
            return NULL;
        }
        list = longer;
    }
    return list;
}

#define SET(option, value) if (error == 0) error = curl.set(handle, option, value)

// What holds for every exchange: verified, within limits, nowhere else than asked for.
static CURLcode set_limits(CURL *handle, const muster_curl_request *request) {
    CURLcode error = 0;
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_URL, request->url);
    SET(CURLOPT_PROTOCOLS_STR, request->protocols);
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_CONNECTTIMEOUT_MS, request->connect_milliseconds);
    SET(CURLOPT_TIMEOUT_MS, request->total_milliseconds);
    SET(CURLOPT_NETRC, 0L);
    SET(CURLOPT_FAILONERROR, 0L);
    SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    // An empty text switches off what the environment says.
    SET(CURLOPT_PROXY, request->proxy ? request->proxy : "");
    if (request->ca_file) SET(CURLOPT_CAINFO, request->ca_file);
    if (request->cert_file) SET(CURLOPT_SSLCERT, request->cert_file);
    if (request->key_file) SET(CURLOPT_SSLKEY, request->key_file);
    if (request->user) SET(CURLOPT_USERNAME, request->user);
    if (request->password) SET(CURLOPT_PASSWORD, request->password);
    return error;
}

static void exchange(CURL *handle, const muster_curl_request *request, muster_curl_answer *answer) {
    sink to = {answer, request->answer_limit};
    source from = {request->body, request->body_count};
    struct curl_slist *headers = list(request->headers, request->header_count, NULL);
    struct curl_slist *recipients = list(request->recipients, request->recipient_count, NULL);
    CURLcode error = curl.set(handle, CURLOPT_ERRORBUFFER, answer->message);
    if (error == 0) error = set_limits(handle, request);
    SET(CURLOPT_WRITEFUNCTION, take);
    SET(CURLOPT_WRITEDATA, &to);
    if (request->stream) {
        SET(CURLOPT_WRITEFUNCTION, hand_on);
        SET(CURLOPT_WRITEDATA, (void *)request);
    }
    if (request->wants_date) {
        SET(CURLOPT_HEADERFUNCTION, take_header);
        SET(CURLOPT_HEADERDATA, answer);
    }
    if (request->cancelled) {
        SET(CURLOPT_XFERINFOFUNCTION, is_over);
        SET(CURLOPT_XFERINFODATA, (void *)request->cancelled);
        SET(CURLOPT_NOPROGRESS, 0L);
    }
    if (request->method) {
        SET(CURLOPT_HTTPHEADER, headers);
        SET(CURLOPT_CUSTOMREQUEST, request->method);
        if (request->body) {
            SET(CURLOPT_POSTFIELDSIZE_LARGE, (int64_t)request->body_count);
            SET(CURLOPT_COPYPOSTFIELDS, request->body);
        }
    } else {
        SET(CURLOPT_USE_SSL, request->needs_tls ? (long)USE_SSL_ALL : 0L);
        SET(CURLOPT_MAIL_FROM, request->sender);
        SET(CURLOPT_MAIL_RCPT, recipients);
        SET(CURLOPT_READFUNCTION, give);
        SET(CURLOPT_READDATA, &from);
        SET(CURLOPT_UPLOAD, 1L);
    }
    if (error == 0) error = curl.perform(handle);
    curl.info(handle, CURLINFO_RESPONSE_CODE, &answer->status);
    curl.info(handle, CURLINFO_RETRY_AFTER, &answer->retry_after);
    answer->error = error;
    if (error != 0 && answer->message[0] == 0)
        snprintf(answer->message, sizeof answer->message, "%s", curl.words(error));
    curl.free_all(headers);
    curl.free_all(recipients);
}

void muster_curl_exchange(const muster_curl_request *request, muster_curl_answer *answer) {
    memset(answer, 0, sizeof *answer);
    CURL *handle = muster_curl_open();
    if (!handle) {
        answer->error = CURLE_UNSUPPORTED;
        return;
    }
    exchange(handle, request, answer);
    curl.cleanup(handle);
}

void *muster_curl_open(void) { return muster_curl_load() == 0 ? curl.init() : NULL; }

void muster_curl_exchange_on(void *handle, const muster_curl_request *request, muster_curl_answer *answer) {
    memset(answer, 0, sizeof *answer);
    // Settings of the last exchange go; its connections stay.
    curl.reset(handle);
    // The servers that are spoken to this way know version 1.1, and some refuse the newer ones.
    curl.set(handle, CURLOPT_HTTP_VERSION, (long)HTTP_1_1);
    exchange(handle, request, answer);
    // What was lent for this exchange is not there for the next.
    curl.reset(handle);
}

void muster_curl_close(void *handle) { curl.cleanup(handle); }
