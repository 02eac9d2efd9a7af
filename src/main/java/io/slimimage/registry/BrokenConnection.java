package io.slimimage.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** A request that got no whole answer, with the reason in words. */
final class BrokenConnection extends IOException {

  /** What happened. */
  enum Kind {
    /** There is nobody to talk to. */
    UNREACHABLE,
    /** Nothing happened for too long. */
    SILENT,
    /** Nobody known has signed the certificate. */
    UNTRUSTED,
    /** The other side wants to see a certificate of ours, or another one. */
    UNKNOWN_CLIENT,
    /** There is no common way to encrypt, or the other side does not do it at all. */
    NO_TLS,
    /** The connection ended before the answer did. */
    CUT
  }

  private final Kind kind;

  private BrokenConnection(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns what happened. */
  Kind kind() {
    return kind;
  }

  /** Returns the failure of a body that does not come on. */
  static BrokenConnection silent(Duration idle) {
    return new BrokenConnection(Kind.SILENT, "nothing came for " + seconds(idle), null);
  }

  /** Returns the failure of a body that ended too early. */
  static BrokenConnection shortOf(long read, long size) {
    return new BrokenConnection(
        Kind.CUT, "the body ended after " + read + " of " + size + " bytes", null);
  }

  /** Returns the failure of a proxy to lead to a server. */
  static BrokenConnection ofProxy(int status) {
    return new BrokenConnection(Kind.UNREACHABLE, "the proxy answers " + status, null);
  }

  /** Returns what the HTTP client has to say, sorted. */
  static BrokenConnection of(Throwable cause) {
    return cause instanceof BrokenConnection known
        ? known
        : new BrokenConnection(kindOf(cause), describe(cause), cause);
  }

  /** Returns the same failure with the address that it happened at. */
  BrokenConnection at(URI uri) {
    return new BrokenConnection(kind, "[" + Locations.host(uri) + "]: " + getMessage(), getCause());
  }

  private static Kind kindOf(Throwable cause) {
    if (isTimeout(cause)) {
      return Kind.SILENT;
    }
    if (cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof UnknownHostException) {
      return Kind.UNREACHABLE;
    }
    if (cause instanceof SSLException) {
      if (hasCause(cause, CertificateException.class)) {
        return Kind.UNTRUSTED;
      }
      return isAboutOurCertificate(cause) ? Kind.UNKNOWN_CLIENT : Kind.NO_TLS;
    }
    return Kind.CUT;
  }

  /** By the names of the alerts, which are all that Java tells. */
  private static boolean isAboutOurCertificate(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains("alert: certificate_required")
        || message.contains("alert: bad_certificate");
  }

  private static boolean isTimeout(Throwable cause) {
    return cause instanceof HttpTimeoutException || cause instanceof SocketTimeoutException;
  }

  private static String describe(Throwable cause) {
    if (cause instanceof UnknownHostException
        || hasCause(cause, UnresolvedAddressException.class)) {
      return "this host is not known";
    }
    if (isTimeout(cause)) {
      return "it cannot be connected to in time";
    }
    if (cause instanceof ConnectException && cause.getMessage() == null) {
      return "the connection is refused";
    }
    if (kindOf(cause) == Kind.UNTRUSTED) {
      return "its certificate is not trusted, " + root(cause).getMessage();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static boolean hasCause(Throwable thrown, Class<? extends Throwable> type) {
    for (Throwable it = thrown; it != null; it = it.getCause()) {
      if (type.isInstance(it)) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
  }
}
