package io.github.ram.service.web;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
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

    /** Has a web server's errors written here. */
    static void install(Context context) {
        ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemValve.class.getName());
    }

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
            WrittenError error = WrittenError.of(
                    path(request), request.getRequestURI(), status, detail(status, response.getHeader("Allow")));
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

    /** @param allowed the methods that go there, if the answer names them */
    private static String detail(HttpStatus status, String allowed) {
        return switch (status) {
            case BAD_REQUEST ->
                "the request is not valid HTTP: its first line, a header or a chunk is wrong or too long, or its body ends early";
            case REQUEST_TIMEOUT -> "the request came too slowly: send it again";
            case NOT_FOUND -> "there is nothing at this path: POST an image to /v1/predictions, or GET /v1/model";
            case METHOD_NOT_ALLOWED ->
                allowed == null ? "this method does not go here" : "this method does not go here: use " + told(allowed);
            case REQUESTED_RANGE_NOT_SATISFIABLE -> "the range lies outside of what is here: ask for all of it";
            case EXPECTATION_FAILED -> "the only expectation that is met here is 100-continue: leave out any other";
            case NOT_IMPLEMENTED ->
                "this method or this Transfer-Encoding is not known here: use GET or POST, and chunked";
            case HTTP_VERSION_NOT_SUPPORTED -> "this version of HTTP is not spoken here: use HTTP/1.1";
            case SERVICE_UNAVAILABLE -> "the service is shutting down: send the request again, on a new connection";
            default ->
                status.is4xxClientError() ? "the server cannot take this request: correct it" : WrittenError.FAILED;
        };
    }

    /** Of the methods those that bring something. */
    private static String told(String allowed) {
        return Stream.of(allowed.split("[, ]+"))
                .filter(method -> !Set.of("HEAD", "OPTIONS", "TRACE").contains(method))
                .collect(Collectors.joining(" or "));
    }
}
