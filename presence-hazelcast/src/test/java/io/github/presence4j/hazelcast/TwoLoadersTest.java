package io.github.presence4j.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two applications of one JVM, each with a copy of this module, on one member. */
class TwoLoadersTest {
    private static final String OURS = "io.github.presence4j.";

    private final int port = MemberProcess.freePort();
    private final HazelcastInstance member = TestCluster.member(TestCluster.anyName(), port, port);

    @AfterEach
    void end() {
        member.getLifecycleService().terminate();
    }

    /** Loads a second copy of our classes, and shares all others. */
    private static final class Copy extends URLClassLoader {
        Copy() {
            super(
                    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(Copy::url)
                            .toArray(URL[]::new),
                    TwoLoadersTest.class.getClassLoader());
        }

        private static URL url(String path) {
            try {
                return new File(path).toURI().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null
                        ? loaded
                        : name.startsWith(OURS) ? findClass(name) : super.loadClass(name, resolve);
            }
        }
    }

    @Test
    void t2_twoApplicationsOnOneMemberShareItsClock() throws Exception {
        long ours = StoreClock.of(member).micros();
        try (Copy copy = new Copy()) {
            Class<?> type = copy.loadClass(StoreClock.class.getName());
            assertThat(type).isNotSameAs(StoreClock.class);
            Method of = type.getDeclaredMethod("of", HazelcastInstance.class);
            of.setAccessible(true);
            Method micros = type.getDeclaredMethod("micros");
            micros.setAccessible(true);
            assertThat((long) micros.invoke(of.invoke(null, member))).isGreaterThanOrEqualTo(ours);
            assertThat(StoreClock.of(member).micros()).isGreaterThanOrEqualTo(ours);
        }
    }

    @Test
    void g5_aMemberHoldsNoClassOfOurs() {
        StoreClock.of(member).micros();
        assertThat(member.getUserContext().values())
                .isNotEmpty()
                .allSatisfy(kept -> assertThat(
                                Objects.requireNonNull(kept).getClass().getClassLoader())
                        .isNull());
    }
}
