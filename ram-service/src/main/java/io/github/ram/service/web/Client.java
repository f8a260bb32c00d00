package io.github.ram.service.web;

import io.github.ram.service.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Whoever sent the request at hand, as far as the Servlet API does not show it. */
public final class Client {

    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    private final Request request;
    private final Supplier<SocketWrapperBase<?>> connection;

    /**
     * @param request what Tomcat knows of the request at hand; it serves for one request after the other
     * @param connection tells by which connection it came
     */
    Client(Request request, Supplier<SocketWrapperBase<?>> connection) {
        this.request = request;
        this.connection = connection;
    }

    /** Tells a client that sends its body only when asked for it ({@code Expect: 100-continue}) to go on. */
    static void askForBody(HttpServletRequest request) {
        if (request.getAttribute(Client.class.getName()) instanceof Client client) {
            client.request.action(ActionCode.ACK, ContinueResponseTiming.ON_REQUEST_BODY_READ);
        }
    }

    /**
     * Answers past Tomcat, which after a body that it cannot read would close the connection without a word.
     *
     * @param response of which only the headers are sent
     */
    static void answer(HttpServletRequest request, HttpServletResponse response, Refusal refusal) {
        if (request.getAttribute(Client.class.getName()) instanceof Client client) {
            HttpStatus status = refusal.reason().status();
            String path = request.getRequestURI();
            WrittenError error = WrittenError.of(path, path, status, refusal.getMessage());
            StringBuilder answer =
                    new StringBuilder("HTTP/1.1 %d \r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n"
                            .formatted(
                                    status.value(), error.type(), error.body().length()));
            for (String name : response.getHeaderNames()) {
                for (String value : response.getHeaders(name)) {
                    answer.append(name).append(": ").append(value).append("\r\n");
                }
            }
            answer.append("\r\n").append(error.body());
            byte[] bytes = answer.toString().getBytes(StandardCharsets.US_ASCII);
            try {
                SocketWrapperBase<?> socket = client.connection.get();
                socket.write(true, bytes, 0, bytes.length);
                socket.flush(true);
            } catch (IOException e) {
                LOG.debug("no answer to a client that has gone", e);
            }
        }
    }

    /**
     * Whether the client of the request that this thread serves has hung up. To be asked only once the
     * request's body has been read.
     */
    public static boolean isGone() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        Object client =
                request == null ? null : request.getAttribute(Client.class.getName(), RequestAttributes.SCOPE_REQUEST);
        return client instanceof Client known && known.hasHungUp();
    }

    /**
     * Tries to read on, without waiting. What comes after the body is the client's next request, which is
     * put back, or the end.
     */
    private boolean hasHungUp() {
        ByteBuffer next = ByteBuffer.allocate(1);
        try {
            int count = connection.get().read(false, next);
            if (count > 0) {
                connection.get().unRead(next.flip());
            }
            return count < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
