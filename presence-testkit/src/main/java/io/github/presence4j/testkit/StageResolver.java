package io.github.presence4j.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a stage of its own, which is cleared when the test is over. */
final class StageResolver implements ParameterResolver {
    private static final ExtensionContext.Namespace STAGES = ExtensionContext.Namespace.create(StageResolver.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        PresenceStoreContract contract = (PresenceStoreContract) context.getRequiredTestInstance();
        Stage stage = new Stage(contract.fixture());
        context.getStore(STAGES).put(Stage.class, stage);
        return stage;
    }
}
