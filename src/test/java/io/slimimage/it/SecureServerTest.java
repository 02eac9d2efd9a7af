package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecureServerTest {

  @TempDir private Path directory;

  @Test
  void isTrustedOnlyByThoseWhoTrustItsAuthority() throws Exception {
    Path keys = directory.resolve("keys/company.p12");
    Path certificate = directory.resolve("company.pem");
    CertificateAuthority.create(keys, "A company").export(certificate);

    try (SecureServer server = SecureServer.start(keys, "Hello")) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(server.address())).build();
      HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();

      assertThat(clientThatTrusts(certificate).send(request, text).body()).isEqualTo("Hello");
      HttpClient stranger = HttpClient.newHttpClient();
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> stranger.send(request, text));
    }
  }

  private static HttpClient clientThatTrusts(Path certificate)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
