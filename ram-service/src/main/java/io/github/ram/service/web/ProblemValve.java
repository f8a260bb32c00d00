package io.github.ram.service.web;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;

/**
 * Writes the body of errors that Tomcat finds itself, such as a header that is too long. The body does not name the cause,
 * which may hold bytes that the client sent.
 *
 * <p>Public because Tomcat creates it by its name.
 */
public final class ProblemValve extends ErrorReportValve {

    /** The characters of a name or an address, and a port. */
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]*|\\[.*\\])(:[0-9]*)?");

    private static final String BAD_HOST =
            "the Host header is not a valid host name, which has letters, digits, hyphens and dots only: "
                    + "call the service by a name without underscores, or by its address";

    /** Makes this the error report of a web server. */
    static void install(Context context) {
        ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemValve.class.getName());
    }

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            ResponseHeaders.set(request, response); // The filter that sets them may not have run.
            ErrorDocument error = ErrorDocument.of(
                    path(request),
                    request.getRequestURI(),
                    status,
                    detail(status, request.getHeader("Host"), response.getHeader("Allow")));
            response.setContentType(error.type());
            response.setCharacterEncoding("utf-8");
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(new String(error.body(), StandardCharsets.UTF_8));
                response.finishResponse();
            }
        } catch (IOException e) {
            container.getLogger().debug("no response: the client is gone", e);
        }
    }

    private static String path(Request request) {
        // There is no decoded path if Tomcat rejected the first line or a header.
        return request.getDecodedRequestURI() == null ? request.getRequestURI() : request.getDecodedRequestURI();
    }

    /**
     * @param host the header, null if there is none
     * @param allowed the methods of the path, if the response names them
     */
    private static String detail(HttpStatus status, String host, String allowed) {
        return switch (status) {
            case BAD_REQUEST ->
                host != null && !HOST.matcher(host).matches()
                        ? BAD_HOST
                        : "the request is not valid HTTP: its first line, a header or a chunk is wrong or too long, or its body ends early";
            case REQUEST_TIMEOUT -> "the request came too slowly: send it again";
            case NOT_FOUND -> "there is nothing at this path: POST an image to /v1/predictions, or GET /v1/model";
            case METHOD_NOT_ALLOWED ->
                allowed == null
                        ? "this method is not allowed here"
                        : "this method is not allowed here: use " + withoutAuxiliary(allowed);
            case REQUESTED_RANGE_NOT_SATISFIABLE -> "the range lies outside of the content: ask for all of it";
            case EXPECTATION_FAILED -> "the only expectation that is met here is 100-continue: leave out any other";
            case NOT_IMPLEMENTED ->
                "this method or this Transfer-Encoding is not known here: use GET or POST, and chunked";
            case HTTP_VERSION_NOT_SUPPORTED -> "this version of HTTP is not supported: use HTTP/1.1";
            case SERVICE_UNAVAILABLE -> "the service is shutting down: send the request again, on a new connection";
            default ->
                status.is4xxClientError() ? "the server cannot process this request: correct it" : ErrorDocument.FAILED;
        };
    }

    /** The methods without those that every path allows. */
    private static String withoutAuxiliary(String allowed) {
        return Stream.of(allowed.split("[, ]+"))
                .filter(method -> !Set.of("HEAD", "OPTIONS", "TRACE").contains(method))
                .collect(Collectors.joining(" or "));
    }
}
