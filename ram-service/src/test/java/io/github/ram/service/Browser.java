package io.github.ram.service;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium, at the page of a service. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final ChromeDriver driver;
    private final String origin;

    private Browser(ChromeDriver driver, String origin) {
        this.driver = driver;
        this.origin = origin;
    }

    /** A browser; a machine without one skips the test. */
    static Browser at(TestService service) {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "the page is not tested: Chromium and its driver are missing (Debian: apt-get install chromium chromium-driver)");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--force-prefers-reduced-motion",
                "--window-size=1200,1000");
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService local = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        return new Browser(new ChromeDriver(local, options), "http://localhost:" + service.port());
    }

    /** Opens a path, and forgets what the console said before. */
    void open(String path) {
        driver.manage().logs().get(LogType.BROWSER);
        driver.get(origin + path);
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> findAll(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Waits for an element, for longer than any machine needs. */
    WebElement await(String selector) {
        return new WebDriverWait(driver, Duration.ofMinutes(2))
                .until(d -> findAll(selector).stream().findFirst().orElse(null));
    }

    Actions actions() {
        return new Actions(driver);
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Drops a file on an element. */
    void drop(String selector, String name, String type, byte[] file) {
        run("""
                const bytes = Uint8Array.from(atob(arguments[3]), c => c.charCodeAt(0));
                const data = new DataTransfer();
                data.items.add(new File([bytes], arguments[1], {type: arguments[2]}));
                document.querySelector(arguments[0]).dispatchEvent(
                    new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
                """, selector, name, type, Base64.getEncoder().encodeToString(file));
    }

    /** Makes the window as wide as a device. */
    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", width < 600));
    }

    /** Chooses between {@code dark} and {@code light}, and between motion and none. */
    void prefer(String scheme, boolean motion) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of(
                                        "name",
                                        "prefers-reduced-motion",
                                        "value",
                                        motion ? "no-preference" : "reduce"))));
    }

    /** Waits until a script returns true, for longer than any machine needs. */
    void until(String script) {
        new WebDriverWait(driver, Duration.ofMinutes(2)).until(d -> Boolean.TRUE.equals(run(script)));
    }

    /** What the console has said since the page was opened: violations of the policy, failures, warnings. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Keeps a picture of the page, if the system property {@code ram.page.screenshots} names a folder. */
    void shoot(String name) throws java.io.IOException {
        String folder = System.getProperty("ram.page.screenshots");
        if (folder != null) {
            Path file = Files.createDirectories(Path.of(folder)).resolve(name + ".png");
            String png =
                    (String) driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                            .get("data");
            Files.write(file, Base64.getDecoder().decode(png.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    String origin() {
        return origin;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
