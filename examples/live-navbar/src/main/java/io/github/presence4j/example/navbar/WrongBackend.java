package io.github.presence4j.example.navbar;

import io.github.presence4j.PresenceConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A backend that cannot be chosen is a sentence at the start, and no stack trace. */
class WrongBackend extends AbstractFailureAnalyzer<PresenceConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PresenceConfigurationException cause) {
        return new FailureAnalysis(
                Errors.sentence(cause), "Set presence.backend, or change what is on the class path.", cause);
    }
}
