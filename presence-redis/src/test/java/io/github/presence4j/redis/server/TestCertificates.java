package io.github.presence4j.redis.server;

import io.github.presence4j.testkit.fault.ProcessRunner;
import io.github.presence4j.testkit.fault.TempDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for 127.0.0.1 and the authority that signed it, good for two days.
 *
 * @param ca the authority's certificate, which a client trusts
 * @param certificate the server's
 * @param key the server's private key
 */
record TestCertificates(Path ca, Path certificate, Path key) {
    static TestCertificates make(TempDirectory folder) {
        String caKey = folder.file("ca.key").toString();
        String ca = folder.file("ca.crt").toString();
        String key = folder.file("server.key").toString();
        String request = folder.file("server.csr").toString();
        String certificate = folder.file("server.crt").toString();
        String names = folder.write("names.conf", List.of("subjectAltName=IP:127.0.0.1,DNS:localhost"))
                .toString();
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=presence-test-ca", "-keyout", caKey, "-out", ca);
        openssl("req -newkey rsa:2048 -nodes -subj /CN=127.0.0.1", "-keyout", key, "-out", request);
        openssl(
                "x509 -req -days 2 -CAcreateserial",
                "-in",
                request,
                "-CA",
                ca,
                "-CAkey",
                caKey,
                "-extfile",
                names,
                "-out",
                certificate);
        return new TestCertificates(Path.of(ca), Path.of(certificate), Path.of(key));
    }

    /** The words of the first argument are arguments of their own. */
    private static void openssl(String words, String... files) {
        ProcessRunner.run(Stream.of(Stream.of("openssl"), Stream.of(words.split(" ", -1)), Stream.of(files))
                .flatMap(Function.identity())
                .toArray(String[]::new));
    }

    /** Makes sockets that trust the authority and nobody else. */
    SocketFactory sockets() {
        try (InputStream in = Files.newInputStream(ca)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("Cannot trust " + ca, e);
        }
    }
}
