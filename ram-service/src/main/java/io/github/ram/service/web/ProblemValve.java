package io.github.ram.service.web;

import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.springframework.http.HttpStatus;

/**
 * Error bodies for what Tomcat refuses by itself, such as a header that is too long or a body that
 * ends early. It says nothing of the cause: that may hold what the client sent, unescaped.
 *
 * <p>Public because Tomcat makes it, by its name.
 */
public final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        AtomicBoolean open = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, open);
        if (!open.get()) {
            return;
        }
        try {
            AnswerHeaders.set(request, response); // it may not have come as far as the filter that does
            WrittenError error = WrittenError.of(path(request), status, detail(status));
            response.setContentType(error.type());
            response.setCharacterEncoding("utf-8");
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(error.body());
                response.finishResponse();
            }
        } catch (IOException e) {
            // The client has gone: nobody is left to tell.
            container.getLogger().debug("no answer to a client that has gone", e);
        }
    }

    private static String path(Request request) {
        // There is no decoded one if Tomcat stumbled over the first line or a header.
        return request.getDecodedRequestURI() == null ? request.getRequestURI() : request.getDecodedRequestURI();
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST ->
                "the request is not valid HTTP: its first line, a header or a chunk is wrong or too long, or its body ends early";
            case REQUEST_TIMEOUT -> "the request came too slowly: send it again";
            case NOT_FOUND -> "there is nothing at this path: POST an image to /v1/predictions, or GET /v1/model";
            case METHOD_NOT_ALLOWED -> "this method does not go here: use POST or GET";
            case SERVICE_UNAVAILABLE -> "the service is shutting down: send the request again, on a new connection";
            default -> "the server cannot take this request: correct it";
        };
    }
}
