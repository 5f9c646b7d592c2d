package io.github.presence4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.presence4j.PresenceConfig;
import io.github.presence4j.PresenceConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendPropertiesTest {

    private record Paper(Set<String> propertyKeys) implements PresenceStoreProvider {
        @Override
        public String name() {
            return "paper";
        }

        @Override
        public PresenceStore create(PresenceConfig config, BackendProperties properties) {
            throw new UnsupportedOperationException("only asked for its keys");
        }
    }

    private static BackendProperties properties(Map<String, String> values) {
        return BackendProperties.of(new Paper(Set.of("max-members", "uri")), values);
    }

    private static BackendProperties of(String value) {
        return properties(Map.of("paper.uri", value));
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(PresenceConfigurationException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paper.max-members",
                "paper.maxMembers",
                "paper.maxmembers",
                "paper.max_members",
                "paper.MAX_MEMBERS",
                "PAPER.MAXMEMBERS",
            })
    void aKeyMayBeSpelledInAnyWay(String key) {
        assertThat(properties(Map.of(key, "5")).integer("max-members", 1, 9)).hasValue(5);
    }

    @Test
    void e7_aKeyInTwoSpellingsIsAnErrorThatNamesBoth() {
        assertRefused(
                () -> properties(Map.of("paper.max-members", "5", "paper.MAXMEMBERS", "6")),
                "Property paper.max-members is set twice, as paper.MAXMEMBERS and as paper.max-members; remove one");
    }

    @Test
    void e7_anUnknownKeyIsAnErrorThatListsTheKnownOnesAndNoValue() {
        assertRefused(
                () -> properties(Map.of("paper.url", "redis://secret@host")),
                "Unknown property paper.url; the paper backend knows paper.max-members, paper.uri");
        assertRefused(
                () -> BackendProperties.of(new Paper(Set.of()), Map.of("paper.url", "secret")),
                "Unknown property paper.url; the paper backend knows none");
    }

    @Test
    void propertiesOfOtherBackendsAreIgnored() {
        assertThat(properties(Map.of("papers.uri", "a", "uri", "b", "pap.er.uri", "c"))
                        .string("uri"))
                .isEmpty();
    }

    @Test
    void aPropertyThatIsNotSetIsEmpty() {
        BackendProperties none = properties(Map.of());
        assertThat(none.string("uri")).isEmpty();
        assertThat(none.bool("uri")).isEmpty();
        assertThat(none.integer("uri", 1, 2)).isEmpty();
        assertThat(none.longInteger("uri", 1, 2)).isEmpty();
        assertThat(none.duration("uri", Duration.ZERO, Duration.ZERO)).isEmpty();
    }

    @Test
    void onlyDeclaredKeysCanBeRead() {
        assertThatThrownBy(() -> properties(Map.of()).string("url"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The provider of backend 'paper' does not declare the property 'url'");
    }

    @Test
    void e7_aBooleanIsTrueOrFalse() {
        assertThat(of("true").bool("uri")).contains(true);
        assertThat(of(" FALSE ").bool("uri")).contains(false);
        assertRefused(() -> of("yes").bool("uri"), "paper.uri must be true or false but was yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "-5", "4.5", "5x", "", "99999999999999999999"})
    void e7_aNumberOutOfItsBoundsIsAnErrorThatNamesThem(String value) {
        assertRefused(() -> of(value).integer("uri", 1, 9), "paper.uri must be from 1 to 9 but was " + value);
        assertThat(of("9").integer("uri", 1, 9)).hasValue(9);
        assertThat(of(" 1 ").integer("uri", 1, 9)).hasValue(1);
    }

    @Test
    void aLongNumberMayHaveNoUpperBound() {
        assertThat(of("9223372036854775807").longInteger("uri", 1, Long.MAX_VALUE))
                .hasValue(Long.MAX_VALUE);
        assertRefused(
                () -> of("0").longInteger("uri", 1, Long.MAX_VALUE),
                "paper.uri must be a number of at least 1 but was 0");
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "7s, PT7S", "2m, PT2M", "1h, PT1H", "1d, PT24H", "PT1M30S, PT1M30S"})
    void aDurationHasAUnit(String text, Duration value) {
        assertThat(of(text).duration("uri", Duration.ofMillis(1), Duration.ofDays(1)))
                .contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "9ms", "61s", "5 s", "s", "-1s", "99999999999999999999s", "9223372036854775807d"})
    void e7_aDurationOutOfItsBoundsIsAnErrorThatNamesThem(String value) {
        assertRefused(
                () -> of(value).duration("uri", Duration.ofMillis(10), Duration.ofMinutes(1)),
                "paper.uri must be a duration from 10ms to 1m but was " + value);
    }

    @Test
    void e7_aWrongValueIsShownUnlessItMayBeASecret() {
        assertThat(of("a,b").parsed("uri", "a list", text -> text.split(",")))
                .hasValueSatisfying(list -> assertThat(list).containsExactly("a", "b"));
        assertRefused(
                () -> of("x").parsed("uri", "a number", Integer::valueOf), "paper.uri must be a number but was x");
        assertRefused(() -> of("x").secret("uri", "a number", Integer::valueOf), "paper.uri must be a number");
        assertThat(of("secret")).hasToString("BackendProperties[paper: uri]");
    }
}
