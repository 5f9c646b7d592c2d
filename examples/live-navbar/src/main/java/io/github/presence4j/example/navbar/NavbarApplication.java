package io.github.presence4j.example.navbar;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The program. Its log is silent in health, so it says itself where the page is. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableScheduling
class NavbarApplication {

    public static void main(String[] args) {
        SpringApplication.run(NavbarApplication.class, args);
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        System.out.printf(
                "Who is live? Open http://%s:%s/ in a tab or two. Ctrl-C ends it.%n",
                environment.getProperty("server.address"), environment.getProperty("local.server.port"));
    }
}
