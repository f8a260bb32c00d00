package io.github.ram.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ram.model.checkpoint.Checkpoint;
import io.github.ram.service.fixture.Browser;
import io.github.ram.service.fixture.Images;
import io.github.ram.service.fixture.TestService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page in a real browser, with the bundled model. */
class PageTest {

    private static final Path SEVEN = Path.of("../docs/seven.png");

    private static TestService service;
    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = TestService.start(Checkpoint.bundled(), directory);
        browser = Browser.at(service);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        service.close();
    }

    @BeforeEach
    void open() {
        browser.resize(1200, 1000);
        browser.prefer("light", false);
        browser.open("/");
    }

    @AfterEach
    void nothingIsLoadedFromElsewhereNorFails() {
        assertThat(browser.console()).isEmpty();
        assertThat((List<?>) browser.run("return performance.getEntriesByType('resource').map(entry => entry.name)"))
                .allSatisfy(name -> assertThat(name.toString()).startsWith(browser.origin()));
    }

    @Test
    void drawnDigitIsNamed() throws Exception {
        browser.shoot("empty");
        draw(new int[][] {{-90, -110}, {-30, -112}, {30, -112}, {90, -110}, {50, -30}, {20, 40}, {-10, 120}});

        assertAnswer("7");
        assertThat(browser.find("#sentence").getText()).startsWith("It is a 7, says the model, and is ");
        assertThat(browser.findAll("#patches canvas")).hasSize(6);
        assertThat(browser.findAll("#bars li")).hasSize(10);
        assertThat(browser.find("#bars .best").getText()).startsWith("7");
        assertThat(browser.find("#growth").getAttribute("aria-label"))
                .startsWith("Likeliest class after each glimpse: 1: ");
        assertThat(browser.find("#done").getText()).contains("560×560", "dark ink");
        browser.shoot("drawn");
    }

    @Test
    void droppedFileIsNamed() throws Exception {
        browser.drop("#sheet", "seven.png", "image/png", Files.readAllBytes(SEVEN));

        assertAnswer("7");
        assertThat(browser.find("#done").getText()).isEqualTo("The picture of 28×28 pixels was read as it is.");
        browser.shoot("dropped");
    }

    @Test
    void chosenFileIsNamed() throws Exception {
        browser.find("#file").sendKeys(SEVEN.toRealPath().toString());

        assertAnswer("7");
    }

    /** Drops a picture that the browser makes itself; the script draws it on a context. */
    private static void dropDrawn(int width, int height, String type, String script) {
        browser.run("""
                const [width, height, type] = arguments;
                const sheet = document.createElement('canvas');
                sheet.width = width;
                sheet.height = height;
                const context = sheet.getContext('2d');
                %s
                sheet.toBlob(blob => {
                  window.sent = blob.size;
                  const data = new DataTransfer();
                  data.items.add(new File([blob], 'one', {type}));
                  document.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
                }, type);
                """.formatted(script), width, height, type);
    }

    @Test
    void pictureThatOnlyTheBrowserReadsIsNamed() {
        dropDrawn(300, 500, "image/webp", """
                context.fillStyle = '#eee';
                context.fillRect(0, 0, 300, 500);
                context.fillStyle = '#036';
                context.fillRect(140, 60, 24, 380);
                """);

        assertAnswer("1");
    }

    @ParameterizedTest
    @CsvSource({"chalk, 5", "marker, 3", "pencil, 8", "note, 2", "small, 4"})
    void sampleIsNamed(String sample, String digit) throws Exception {
        browser.find("[data-sample='samples/%s.png']".formatted(sample)).click();

        assertAnswer(digit);
        browser.shoot("sample-" + sample);
    }

    @Test
    void errorIsShownAsWords() throws Exception {
        browser.drop("#sheet", "letter.txt", "text/plain", TestService.ascii("no picture"));

        browser.await("#answer[data-state='failed']");
        assertThat(browser.find("#error").getText())
                .startsWith("Content-Type text/plain is not supported: send image/png");
        assertThat(browser.find("#details").isDisplayed()).isFalse();
        browser.shoot("error");
        // The browser itself notes in its console which request was refused.
        assertThat(browser.console()).singleElement().asString().contains("v1/predictions", "415");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw new TypeError('away') | The service does not answer: is it running, and are you connected?",
                "return new Response('{\"detail\": \"a key is needed\"}', {status: 401}) | A key is needed.",
                "return new Response('<html></html>', {status: 502}) | The service answered with status 502."
            })
    void failureToFetchIsShownAsWords(String fetch, String error) {
        browser.run("window.fetch = async () => { " + fetch + "; };");

        browser.find("[data-sample='samples/pencil.png']").click();
        browser.await("#answer[data-state='failed']");
        assertThat(browser.find("#error").getText()).isEqualTo(error);

        browser.find("#clear").click();
        browser.drop("#sheet", "seven.png", "image/png", bytes(SEVEN));
        browser.await("#answer[data-state='failed']");
        assertThat(browser.find("#error").getText()).isEqualTo(error);
    }

    @Test
    void anEightHasItsArticle() {
        browser.find("[data-sample='samples/pencil.png']").click();

        assertAnswer("8");
        assertThat(browser.find("#sentence").getText()).startsWith("It is an 8, says the model, and is ");
    }

    @Test
    void pictureWithoutInkIsAnErrorInWords() {
        browser.drop("#sheet", "blank.png", "image/png", Images.encode("png", new byte[60 * 60], 60, 60));

        browser.await("#answer[data-state='failed']");
        assertThat(browser.find("#error").getText()).startsWith("The picture shows no ink");
        assertThat(browser.console()).singleElement().asString().contains("422");
    }

    @Test
    void keyboardDraws() {
        WebElement pad = browser.find("#pad");
        browser.actions()
                .click(browser.find("#clear"))
                .keyDown(Keys.SHIFT)
                .sendKeys(Keys.TAB)
                .keyUp(Keys.SHIFT)
                .perform();
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("pad");

        pad.sendKeys(
                Keys.ARROW_UP.toString().repeat(12),
                " ",
                Keys.ARROW_DOWN.toString().repeat(24),
                " ");

        assertAnswer("1");
        pad.sendKeys(Keys.DELETE);
        browser.await("#answer[data-state='empty']");
    }

    @Test
    void glimpsesAreGoneThroughOneByOne() {
        browser.drop("#sheet", "seven.png", "image/png", bytes(SEVEN));
        assertAnswer("7");
        assertThat(browser.find("#step-name").getText()).isEqualTo("Glimpse 6 of 6");

        browser.findAll("#patches button").get(1).click();
        assertThat(browser.find("#step-name").getText()).isEqualTo("Glimpse 2 of 6");
        browser.find("#step").sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.find("#step-name").getText()).isEqualTo("Glimpse 3 of 6");
        assertThat(browser.findAll("#patches .past")).hasSize(2);
        assertThat(browser.findAll("#patches [aria-current=step]")).hasSize(1);
    }

    @Test
    void glimpsesAreAnimated() {
        browser.prefer("light", true);
        browser.run("""
                window.shown = [];
                const name = document.getElementById('step-name');
                new MutationObserver(() => window.shown.push(name.textContent)).observe(name, {childList: true});
                """);
        browser.drop("#sheet", "seven.png", "image/png", bytes(SEVEN));
        assertAnswer("7");

        browser.await("#patches li:nth-child(6) .now");
        browser.await("#play[aria-label='Play the glimpses']");
        List<?> shown = (List<?>) browser.run("return window.shown");
        assertThat(shown.get(0)).isEqualTo("Glimpse 1 of 6");
        assertThat(shown.get(shown.size() - 1)).isEqualTo("Glimpse 6 of 6");
    }

    @Test
    void pictureLargerThanTheServiceTakesIsReduced() {
        dropDrawn(2000, 1600, "image/png", """
                const grain = context.createImageData(2000, 1600);
                for (let i = 0; i < grain.data.length; i++) {
                  grain.data[i] = i % 4 === 3 ? 255 : 190 + Math.random() * 60;
                }
                context.putImageData(grain, 0, 0);
                context.fillStyle = '#036';
                context.fillRect(940, 200, 120, 1200);
                """);

        assertAnswer("1");
        assertThat((Long) browser.run("return window.sent")).isGreaterThan(4_000_000);
        assertThat(browser.find("#done").getText()).contains("500×400");
    }

    @Test
    void animatedPictureIsReadByItsFirstFrame() throws Exception {
        byte[] one = Images.gif(Images.bar(60, 80), Images.blank(60, 80));

        browser.drop("#sheet", "one.gif", "image/gif", one);

        assertAnswer("1");
    }

    @Test
    void onlyTheLastOfSeveralPicturesIsAnswered() {
        browser.run("""
                window.answers = [];
                const fetched = window.fetch;
                let held;
                window.fetch = async (path, options) => {
                  const response = await fetched(path, options);
                  if (path.startsWith('v1/predictions')) {
                    if (held) { // the first is answered after the second
                      setTimeout(held, 300);
                    } else {
                      await new Promise(go => held = go);
                    }
                    window.answers.push(options.body.size);
                  }
                  return response;
                };
                """);
        browser.drop("#sheet", "blank.png", "image/png", Images.encode("png", new byte[60 * 60], 60, 60));
        browser.await("#answer[data-state='busy']");
        browser.drop("#sheet", "seven.png", "image/png", bytes(SEVEN));
        assertAnswer("7");

        browser.until("return window.answers.length === 2");

        assertAnswer("7");
        assertThat(browser.console()).singleElement().asString().contains("422");
    }

    @Test
    void drawingThatIsTakenAwayAtOnceIsNotAskedAbout() {
        browser.run("""
                window.asked = [];
                const fetched = window.fetch;
                window.later = millis => new Promise(go => setTimeout(go, millis));
                window.drawAndClick = selector => {
                  const pad = document.getElementById('pad');
                  const {left, top, width, height} = pad.getBoundingClientRect();
                  pad.setPointerCapture = () => {}; // there is no such pointer
                  for (const [type, y] of [['pointerdown', 0.2], ['pointermove', 0.8], ['pointerup', 0.8]]) {
                    pad.dispatchEvent(new PointerEvent(type, {
                      isPrimary: true, clientX: left + width / 2, clientY: top + y * height,
                    }));
                  }
                  document.querySelector(selector).click();
                };
                window.fetch = async (path, options) => {
                  window.asked.push(path);
                  await window.later(path.startsWith('samples') ? 1000 : 0); // longer than a drawing waits for more
                  return fetched(path, options);
                };
                """);
        browser.run("window.drawAndClick('#clear'); return window.later(1000)");
        assertThat(browser.run("return window.asked")).isEqualTo(List.of());

        browser.run("window.drawAndClick('[data-sample=\"samples/chalk.png\"]')");
        browser.until("return window.asked.length > 1");

        assertAnswer("5");
        assertThat(browser.run("return window.asked"))
                .isEqualTo(List.of("samples/chalk.png", "v1/predictions?explain=true"));
    }

    @Test
    void everythingButDrawingIsReachedByTheTabKey() {
        browser.find("[data-sample='samples/small.png']").click();
        assertAnswer("4");
        List<Object> reached = new ArrayList<>();
        browser.run("document.activeElement.blur(); document.getElementById('pad').focus()");
        for (int i = 0; i < 17; i++) {
            assertThat(browser.run("return document.activeElement.matches(':focus-visible')"))
                    .isEqualTo(i > 0); // the first is reached by the script
            reached.add(browser.run("const now = document.activeElement; return now.id || now.dataset.sample "
                    + "|| now.getAttribute('aria-label') || now.textContent"));
            browser.actions().sendKeys(Keys.TAB).perform();
        }

        assertThat(reached.subList(0, 10))
                .containsExactly(
                        "pad",
                        "clear",
                        "choose",
                        "samples/chalk.png",
                        "samples/marker.png",
                        "samples/pencil.png",
                        "samples/note.png",
                        "samples/small.png",
                        "play",
                        "step");
        assertThat(reached.subList(10, 16))
                .allSatisfy(name -> assertThat(name.toString()).startsWith("After glimpse "));
        assertThat(reached.get(16)).isEqualTo("Use it from your own program");
    }

    @Test
    void aNewDrawingTakesTheOldAnswerAway() {
        browser.drop("#sheet", "seven.png", "image/png", bytes(SEVEN));
        assertAnswer("7");

        browser.find("#clear").click();

        assertThat(browser.find("#answer").getAttribute("data-state")).isEqualTo("empty");
        assertThat(browser.find("#digit").getText()).isEqualTo("?");
        assertThat(browser.find("#hint").isDisplayed()).isTrue();
    }

    @Test
    void pageFitsAPhone() throws Exception {
        browser.resize(360, 740);
        browser.open("/");
        browser.shoot("phone-empty");
        browser.find("[data-sample='samples/chalk.png']").click();
        assertAnswer("5");
        browser.shoot("phone");

        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
        assertThat(browser.findAll("button"))
                .allSatisfy(button -> assertThat(button.getSize().getHeight()).isGreaterThanOrEqualTo(44));
    }

    @Test
    void pageIsDarkForThoseWhoPreferIt() throws Exception {
        Object light = ground();
        browser.prefer("dark", false);
        browser.open("/");
        assertThat(ground()).isNotEqualTo(light);
        draw(new int[][] {{0, -130}, {0, 0}, {2, 130}});
        assertAnswer("1");
        browser.shoot("dark");
    }

    private static Object ground() {
        return browser.run("return getComputedStyle(document.body).backgroundColor");
    }

    private static void draw(int[][] points) {
        WebElement pad = browser.find("#pad");
        Actions pen =
                browser.actions().moveToElement(pad, points[0][0], points[0][1]).clickAndHold();
        for (int[] point : points) {
            pen.moveToElement(pad, point[0], point[1]);
        }
        pen.release().perform();
    }

    private static void assertAnswer(String digit) {
        browser.await("#answer[data-state='answered'], #answer[data-state='failed']");
        assertThat(browser.find("#error").getText()).isEmpty();
        assertThat(browser.find("#digit").getText()).isEqualTo(digit);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
