package io.slimimage.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority of a test, as a company has one, with one server that it vouches for.
 * Made anew for each run, so that no key lies in the repository and no certificate expires.
 *
 * <p>For {@code prebuild.groovy} and {@code verify.groovy}.
 */
public final class CertificateAuthority {

  static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";

  private final Path keys;

  private CertificateAuthority(Path keys) {
    this.keys = keys;
  }

  /**
   * Makes an authority.
   *
   * @param keys the file that keeps its keys and those of its server, in a directory that need not
   *     exist
   * @param name the name of the authority
   */
  public static CertificateAuthority create(Path keys, String name)
      throws IOException, InterruptedException {
    return create(keys, name, "dns:localhost");
  }

  /**
   * Makes an authority.
   *
   * @param keys the file that keeps its keys and those of its server, in a directory that need not
   *     exist
   * @param name the name of the authority
   * @param server the names of the server, such as {@code dns:localhost,ip:127.0.0.1}
   */
  public static CertificateAuthority create(Path keys, String name, String server)
      throws IOException, InterruptedException {
    Files.createDirectories(keys.getParent());
    Files.deleteIfExists(keys);
    CertificateAuthority authority = new CertificateAuthority(keys);
    authority.keytool("-genkeypair", "-alias", AUTHORITY, "-dname", "CN=" + name, "-ext", "bc:c");
    authority.keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-signer",
        AUTHORITY,
        "-dname",
        "CN=localhost",
        "-ext",
        "san=" + server);
    return authority;
  }

  /** Writes the authority's certificate as a PEM file. */
  public void export(Path certificate) throws IOException, InterruptedException {
    keytool("-exportcert", "-rfc", "-alias", AUTHORITY, "-file", certificate.toString());
  }

  private void keytool(String command, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.add(command);
    if (command.equals("-genkeypair")) {
      line.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    }
    line.addAll(List.of("-keystore", keys.toString(), "-storepass", PASSWORD));
    line.addAll(List.of(arguments));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", line) + " failed: " + output);
    }
  }
}
