#ifndef MUSTER_CLIBCURL_H
#define MUSTER_CLIBCURL_H
#include <stddef.h>
#include <stdint.h>

/// Loads the library when it is first needed; 0, or 1 where this machine does not have it.
int muster_curl_load(void);

/// The library's own version, such as 7.88.1; null where it is not loaded.
const char *_Nullable muster_curl_version(void);

/// One exchange: what goes out, within which limits, and room for what comes back. Texts are null where there is none; an address there always is.
typedef struct {
    const char *_Nullable url;
    /// A word of HTTP such as POST; null for mail.
    const char *_Nullable method;
    /// `Name: value`, one each.
    const char *_Nullable const *_Nullable headers;
    size_t header_count;
    const uint8_t *_Nullable body;
    size_t body_count;
    /// "https", "http,https", "smtp" or "smtps".
    const char *_Nullable protocols;
    const char *_Nullable ca_file;
    const char *_Nullable proxy;
    const char *_Nullable user;
    const char *_Nullable password;
    /// Of mail only.
    const char *_Nullable sender;
    const char *_Nullable const *_Nullable recipients;
    size_t recipient_count;
    /// Whether mail is sent only after STARTTLS.
    int needs_tls;
    long connect_milliseconds;
    long total_milliseconds;
    /// More of an answer than this is an error.
    size_t answer_limit;
    /// When not 0, at this address the exchange is given up.
    const volatile int *_Nullable cancelled;
    /// A certificate of our own with its key, where the server asks for one.
    const char *_Nullable cert_file;
    const char *_Nullable key_file;
    /// Takes the answer as it arrives instead of it being kept; what is not 0 gives the exchange up.
    int (*_Nullable stream)(void *_Nullable context, const uint8_t *_Nonnull bytes, size_t count);
    void *_Nullable stream_context;
    /// Whether the server's clock is wanted.
    int wants_date;
} muster_curl_request;

typedef struct {
    /// 0, or the number of the library's error.
    int error;
    /// Of HTTP or SMTP; 0 where none came.
    long status;
    /// Seconds after which the server wants to be asked again; 0 where it says nothing.
    int64_t retry_after;
    /// To be given back with `free`; null where nothing came.
    uint8_t *_Nullable answer;
    size_t answer_count;
    /// What the library says about the error, ended by a zero.
    char message[256];
    /// The server's clock as HTTP writes it, ended by a zero; empty where it was not wanted or not told.
    char date[40];
} muster_curl_answer;

/// Does one exchange on this thread.
void muster_curl_exchange(const muster_curl_request *_Nonnull request, muster_curl_answer *_Nonnull answer);

/// Makes what keeps connections from one exchange to the next; null where the library is not there. Not for several threads at once.
void *_Nullable muster_curl_open(void);

/// Does one exchange on this thread, on a connection that is there already where there is one.
void muster_curl_exchange_on(void *_Nonnull handle, const muster_curl_request *_Nonnull request, muster_curl_answer *_Nonnull answer);

/// Ends the connections.
void muster_curl_close(void *_Nonnull handle);

#endif
