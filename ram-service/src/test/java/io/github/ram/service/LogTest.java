package io.github.ram.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.service.fixture.Failing;
import io.github.ram.service.fixture.TestService;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the log says of a request that failed. */
@ExtendWith(OutputCaptureExtension.class)
class LogTest {

    @TempDir
    Path directory;

    /** What one start sets, the next one in the same process would keep. */
    @AfterEach
    void forget() {
        System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
    }

    @Test
    void lineNamesTheRequest(CapturedOutput output) throws Exception {
        failOnce("--logging.structured.format.console=");

        assertThat(output.getOut().lines().filter(line -> line.contains("Request failed")))
                .singleElement()
                .asString()
                .contains("[request-7] ");
    }

    @Test
    void linesAreJsonIfAskedFor(CapturedOutput output) throws Exception {
        failOnce("--logging.structured.format.console=ecs");

        List<JsonNode> lines = output.getOut()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(lines)
                .anySatisfy(line -> assertThat(line.get("message").asString()).startsWith("Serving model=ram-test"));
        JsonNode failure = lines.stream()
                .filter(line -> line.get("message").asString().equals("Request failed"))
                .findFirst()
                .orElseThrow();
        assertThat(failure.get("requestId").asString()).isEqualTo("request-7");
        assertThat(failure.get("error").get("message").asString()).isEqualTo("secret at /etc/secret");
    }

    @Test
    void answerThatCannotBeWrittenIsADefectToo(CapturedOutput output) throws Exception {
        fail("--logging.structured.format.console=", new Unwritable(), Unwritable.class.getMethod("fail"));

        assertThat(output.getOut()).contains("Request failed", "no converter");
    }

    /** A handler whose answer Spring cannot write. */
    static final class Unwritable {

        public void fail() {
            throw new HttpMessageNotWritableException("no converter");
        }
    }

    private void failOnce(String setting) throws Exception {
        fail(setting, new Failing(), Failing.class.getMethod("fail"));
    }

    private void fail(String setting, Object handler, Method method) {
        try (TestService service = TestService.start(directory, setting)) {
            RequestMappingHandlerMapping mapping =
                    service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
            mapping.registerMapping(
                    RequestMappingInfo.paths("/v1/failing")
                            .options(mapping.getBuilderConfiguration())
                            .build(),
                    handler,
                    method);

            service.send(service.request("/v1/failing").header("X-Request-Id", "request-7"));
        }
    }
}
