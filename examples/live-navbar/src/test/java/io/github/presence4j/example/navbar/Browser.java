package io.github.presence4j.example.navbar;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium with a profile of its own. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,1000");

    private final Path profile;
    private final ChromeDriver driver;

    Browser() throws IOException {
        if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
            throw new AssertionError("These tests need " + CHROMIUM + " and " + DRIVER
                    + ": apt-get install chromium chromium-driver, or run without -Pbrowser.");
        }
        profile = Files.createTempDirectory("live-navbar-browser");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(FLAGS).addArguments("--user-data-dir=" + profile);
        // Named outright, so that Selenium looks for no driver elsewhere.
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    WebDriver driver() {
        return driver;
    }

    void open(URI page) {
        driver.get(page.toString());
    }

    /** Opens a page in another tab and goes there. */
    void openTab(URI page) {
        driver.switchTo().newWindow(WindowType.TAB);
        open(page);
    }

    /** Closes the tab as a person would, and goes back to the first that is left. */
    void closeTab() {
        driver.close();
        driver.switchTo().window(driver.getWindowHandles().iterator().next());
    }

    void press(String id) {
        await(id + " can be pressed", () -> driver.findElement(By.id(id)).isEnabled());
        driver.findElement(By.id(id)).click();
    }

    String text(String id) {
        return driver.findElement(By.id(id)).getText();
    }

    /** Who the page says is live, in the order shown. */
    List<String> people() {
        return driver.findElements(By.cssSelector("#people li")).stream()
                .map(row -> row.getDomAttribute("data-user"))
                .toList();
    }

    List<WebElement> feed(String type, String member) {
        return driver.findElements(By.cssSelector("#feed [data-type=" + type + "][data-member='" + member + "']"));
    }

    void await(String what, Condition condition) {
        new WebDriverWait(driver, Duration.ofSeconds(15), Duration.ofMillis(50))
                .ignoring(StaleElementReferenceException.class)
                .withMessage(what)
                .until(any -> condition.holds());
    }

    /** As if the power failed: nobody gets to say goodbye. */
    void kill() {
        try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
            children.filter(child -> child.info().commandLine().orElse("").contains("--user-data-dir=" + profile))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    interface Condition {
        boolean holds();
    }
}
