package io.slimimage.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * The user's own certificate, where a registry asks for one: from Java's own system properties,
 * which a context of our own would not know otherwise.
 */
final class ClientKeys {

  private static final String STORE = "javax.net.ssl.keyStore";

  private ClientKeys() {}

  /** Returns the keys, or null for none. */
  static KeyManager[] ofSystem() throws GeneralSecurityException, IOException {
    String file = System.getProperty(STORE, "");
    if (file.isEmpty()) {
      return null;
    }
    char[] password = System.getProperty(STORE + "Password", "").toCharArray();
    KeyStore store =
        KeyStore.getInstance(System.getProperty(STORE + "Type", KeyStore.getDefaultType()));
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      store.load(in, password.length == 0 ? null : password);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }
}
