// The type checks of curl's own macros need GCC; without them the plain functions remain.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// CURL_GLOBAL_DEFAULT is a macro of macros, which Swift does not see.
static inline CURLcode hub_curl_start(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call: one line for each kind of argument.
static inline CURLcode hub_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode hub_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode hub_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode hub_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

typedef size_t (*hub_curl_transfer)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode hub_curl_set_transfer(CURL *handle, CURLoption option, hub_curl_transfer function) {
    return curl_easy_setopt(handle, option, function);
}

static inline CURLcode hub_curl_get_long(CURL *handle, CURLINFO information, long *value) {
    return curl_easy_getinfo(handle, information, value);
}
