package io.github.presence4j.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a context of its own, which is cleared after the test. */
final class TestContextResolver implements ParameterResolver {
    private static final ExtensionContext.Namespace STAGES =
            ExtensionContext.Namespace.create(TestContextResolver.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestContext.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        PresenceStoreContract contract = (PresenceStoreContract) context.getRequiredTestInstance();
        TestContext stage = new TestContext(contract.fixture());
        context.getStore(STAGES).put(TestContext.class, stage);
        return stage;
    }
}
