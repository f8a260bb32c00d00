package io.github.ram.service.web;

import io.github.ram.service.Rejection;
import io.github.ram.service.Rejection.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.springframework.http.HttpHeaders;

/** How the body of a request is compressed (RFC 9110, section 8.4.1). */
enum ContentCoding {
    IDENTITY {
        @Override
        InputStream decode(InputStream in) {
            return in;
        }
    },
    GZIP {
        @Override
        InputStream decode(InputStream in) throws IOException {
            return new GZIPInputStream(in);
        }
    },
    /** The zlib format. Some clients send its content without header and sum, so that is read as well. */
    DEFLATE {
        @Override
        InputStream decode(InputStream in) throws IOException {
            PushbackInputStream start = new PushbackInputStream(in, 2);
            int method = start.read();
            int flags = start.read();
            if (flags >= 0) {
                start.unread(flags);
            }
            start.unread(method);
            boolean zlib = (method & 0x0f) == 8 && (method << 8 | flags) % 31 == 0;
            return new InflaterInputStream(start, new Inflater(!zlib)) {
                @Override
                public void close() throws IOException {
                    inf.end();
                    super.close();
                }
            };
        }
    };

    /**
     * Returns the coding of a request's body.
     *
     * @throws Rejection if it is unknown, or there are several
     */
    static ContentCoding of(HttpServletRequest request) {
        String name = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return switch (name == null ? "identity" : name.strip().toLowerCase(Locale.ROOT)) {
            case "identity", "" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default ->
                throw new Rejection(
                        Reason.UNSUPPORTED_TYPE,
                        "Content-Encoding \"%s\" is not supported: send gzip, deflate, or no coding",
                        Rejection.excerpt(name));
        };
    }

    /**
     * Returns the decoded bytes, of which there may be thousands of times as many.
     *
     * @param in at least one byte
     * @throws IOException if the bytes are not in this coding; also by the stream
     */
    abstract InputStream decode(InputStream in) throws IOException;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
