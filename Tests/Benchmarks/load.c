// Load over HTTP/1.1 with every answer checked: `load HOST PORT CONNECTIONS SECONDS RATE FILE`.
//
// FILE holds one request a line: method, path, body and the text that a right answer contains, separated by tabs. RATE 0
// sends on each connection as soon as the last answer is there. Another RATE sends so many a second whatever the server
// does, and counts latency from the instant a request was due, not from when a connection was free for it: a server that
// stalls is charged for everybody who had to wait. (wrk knows no fixed rate, and stops without reading the last answers,
// which would leave the rows of a database uncountable.) Every request sent is answered before it ends.
//
// Prints one JSON object: requests, hits (status 2xx and the text found), seconds, bytes, latencies in microseconds.

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 1 << 20 };

struct request {
    char *bytes;
    size_t length;
    char *expected;
};

struct connection {
    int socket;
    const struct request *asked;  // nil when idle
    double due;
    size_t sent;
    size_t received;
    char *answer;
};

static struct request *requests;
static size_t request_count;
static double *latencies;
static size_t answered, room_for_latencies, hits;
static unsigned long long bytes_read;
static int complained;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void fail(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void read_requests(const char *path, const char *host, int port) {
    FILE *file = fopen(path, "r");
    if (!file) fail(path);
    char *line = NULL;
    size_t size = 0, room = 0;
    ssize_t length;
    while ((length = getline(&line, &size, file)) > 0) {
        if (line[length - 1] == '\n') line[length - 1] = 0;
        char *rest = line;
        char *method = strsep(&rest, "\t"), *target = strsep(&rest, "\t"), *body = strsep(&rest, "\t");
        if (!rest) { fprintf(stderr, "load: a line with fewer than four columns\n"); exit(1); }
        if (request_count == room) {
            room = room ? room * 2 : 1024;
            requests = realloc(requests, room * sizeof *requests);
        }
        struct request *request = &requests[request_count++];
        request->expected = strdup(rest);
        int has_body = strcmp(method, "POST") == 0;
        char lines[160] = "";
        if (has_body)
            snprintf(lines, sizeof lines,
                     "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n", strlen(body));
        request->length = asprintf(&request->bytes, "%s %s HTTP/1.1\r\nHost: %s:%d\r\nAccept: */*\r\n%s\r\n%s", method,
                                   target, host, port, lines, has_body ? body : "");
    }
    free(line);
    fclose(file);
    if (!request_count) { fprintf(stderr, "load: no requests in %s\n", path); exit(1); }
}

static void send_rest(struct connection *to) {
    while (to->sent < to->asked->length) {
        ssize_t count = write(to->socket, to->asked->bytes + to->sent, to->asked->length - to->sent);
        if (count < 0 && errno == EAGAIN) return;
        if (count < 0) fail("write");
        to->sent += count;
    }
}

static void ask(struct connection *to, double due) {
    static size_t next;
    to->asked = &requests[next++ % request_count];
    to->due = due;
    to->sent = to->received = 0;
    send_rest(to);
}

// 1 when the whole answer is there.
static int is_complete(struct connection *from, char **body) {
    from->answer[from->received] = 0;
    char *end = strstr(from->answer, "\r\n\r\n");
    if (!end) return 0;
    *body = end + 4;
    char *field = strcasestr(from->answer, "\r\ncontent-length:");
    if (!field || field > end) { fprintf(stderr, "load: an answer without Content-Length\n"); exit(1); }
    return from->answer + from->received >= *body + strtoull(field + 17, NULL, 10);
}

// 1 when the connection is idle again.
static int take(struct connection *from) {
    for (;;) {
        ssize_t count = read(from->socket, from->answer + from->received, ROOM - from->received - 1);
        if (count < 0 && errno == EAGAIN) return 0;
        if (count < 0) fail("read");
        if (count == 0) { fprintf(stderr, "load: the server hung up\n"); exit(1); }
        from->received += count;
        bytes_read += count;
        char *body;
        if (!is_complete(from, &body)) continue;
        if (answered == room_for_latencies) {
            room_for_latencies = room_for_latencies ? room_for_latencies * 2 : 1 << 16;
            latencies = realloc(latencies, room_for_latencies * sizeof *latencies);
        }
        latencies[answered++] = now() - from->due;
        if (from->answer[9] == '2' && strstr(body, from->asked->expected)) {
            hits++;
        } else if (!complained++) {
            fprintf(stderr, "load: a wrong answer, expected %s\n%.*s%.1500s\n", from->asked->expected,
                    (int)from->asked->length, from->asked->bytes, from->answer);
        }
        from->asked = NULL;
        return 1;
    }
}

static int in_order(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double share(double part) {
    return answered ? latencies[(size_t)(part * (answered - 1))] * 1e6 : 0;
}

int main(int count, char **words) {
    if (count != 7) { fprintf(stderr, "usage: load HOST PORT CONNECTIONS SECONDS RATE FILE\n"); return 64; }
    int port = atoi(words[2]), connections = atoi(words[3]);
    double seconds = atof(words[4]), rate = atof(words[5]);
    read_requests(words[6], words[1], port);

    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, words[1], &address.sin_addr);
    int poll = epoll_create1(0), timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct connection *all = calloc(connections, sizeof *all);
    for (int i = 0; i < connections; i++) {
        struct connection *one = &all[i];
        one->answer = malloc(ROOM);
        one->socket = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(one->socket, (struct sockaddr *)&address, sizeof address)) fail("connect");
        setsockopt(one->socket, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        fcntl(one->socket, F_SETFL, O_NONBLOCK);
        struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = one};
        epoll_ctl(poll, EPOLL_CTL_ADD, one->socket, &event);
    }
    struct epoll_event tick = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poll, EPOLL_CTL_ADD, timer, &tick);
    if (rate > 0) {
        long step = (long)(1e9 / rate);
        struct itimerspec every = {{step / 1000000000, step % 1000000000}, {step / 1000000000, step % 1000000000}};
        timerfd_settime(timer, 0, &every, NULL);
    }

    double began = now(), last = began;
    unsigned long long asked = 0, busy = 0;
    if (rate == 0)
        for (int i = 0; i < connections; i++, asked++, busy++) ask(&all[i], began);
    for (;;) {
        double at = now();
        int is_over = at - began >= seconds;
        if (rate > 0) {
            // What is due goes out on idle connections; the rest waits, and its clock runs.
            for (int i = 0; i < connections; i++) {
                double due = began + asked / rate;
                if (due > at || due - began >= seconds) break;
                if (all[i].asked) continue;
                ask(&all[i], due);
                asked++, busy++;
            }
            is_over = is_over && began + asked / rate - began >= seconds;
        }
        if (is_over && !busy) break;
        struct epoll_event events[64];
        int ready = epoll_wait(poll, events, 64, 1000);
        for (int i = 0; i < ready; i++) {
            struct connection *one = events[i].data.ptr;
            if (!one) {
                unsigned long long ticks;
                if (read(timer, &ticks, sizeof ticks) < 0 && errno != EAGAIN) fail("timer");
                continue;
            }
            if (!one->asked) continue;
            send_rest(one);
            if (!take(one)) continue;
            busy--;
            last = now();
            if (rate == 0 && last - began < seconds) {
                ask(one, last);
                asked++, busy++;
            }
        }
    }
    qsort(latencies, answered, sizeof *latencies, in_order);
    printf("{\"requests\":%zu,\"hits\":%zu,\"seconds\":%.4f,\"bytes\":%llu,\"median\":%.1f,\"p95\":%.1f,\"p99\":%.1f,\"p999\":%.1f,"
           "\"slowest\":%.1f}\n",
           answered, hits, last - began, bytes_read, share(0.5), share(0.95), share(0.99), share(0.999), share(1));
    return 0;
}
