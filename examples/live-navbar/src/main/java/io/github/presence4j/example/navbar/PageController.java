package io.github.presence4j.example.navbar;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the page wants to know before it begins. */
@RestController
class PageController {
    private final Page page;

    PageController(Settings settings) {
        this.page = new Page(settings.ttl().toMillis(), settings.heartbeat().toMillis(), Directory.COLLEAGUES);
    }

    @GetMapping("/api/page")
    Page page() {
        return page;
    }

    /** Times in milliseconds, and whom one may pretend to be. */
    record Page(long ttl, long heartbeat, List<String> colleagues) {}
}
