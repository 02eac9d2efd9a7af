package io.slimimage.image;

import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The operating system and processor that an image is for, in Go's names, normalized: {@code
 * x86_64} is {@code amd64}, {@code aarch64} and {@code arm64/v8} are {@code arm64}, {@code arm} is
 * {@code arm/v7}.
 *
 * @param os such as {@code linux}
 * @param architecture such as {@code amd64}
 * @param variant such as {@code v7}, or empty
 * @see <a href="https://github.com/containerd/platforms">containerd/platforms</a>
 */
public record Platform(String os, String architecture, String variant) {

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]+");

  /** Normalizes the names. */
  public Platform {
    Objects.requireNonNull(os, "os");
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(variant, "variant");
    os = os.toLowerCase(Locale.ROOT);
    if (os.equals("macos")) {
      os = "darwin";
    }
    String arch = architecture.toLowerCase(Locale.ROOT);
    String version = variant.toLowerCase(Locale.ROOT);
    switch (arch) {
      case "x86_64", "x86-64" -> arch = "amd64";
      case "i386", "i486", "i586", "i686", "x86" -> arch = "386";
      case "aarch64" -> arch = "arm64";
      case "armhf" -> arch = "arm";
      case "armel" -> {
        arch = "arm";
        version = version.isEmpty() ? "v6" : version;
      }
      default -> {}
    }
    if (!version.isEmpty() && Character.isDigit(version.charAt(0))) {
      version = "v" + version;
    }
    if (arch.equals("arm") && version.isEmpty()) {
      version = "v7";
    }
    if (arch.equals("arm64") && version.equals("v8")
        || arch.equals("amd64") && version.equals("v1")) {
      version = "";
    }
    architecture = arch;
    variant = version;
  }

  /**
   * Parses {@code os/arch[/variant]}.
   *
   * @throws ConfigurationException if the value has another form
   */
  public static Platform parse(String value) {
    String[] parts = value == null ? new String[0] : value.strip().split("/", -1);
    boolean valid = parts.length == 2 || parts.length == 3;
    for (String part : parts) {
      valid &= PART.matcher(part).matches();
    }
    if (!valid) {
      throw new ConfigurationException(
          SlimImageException.advise(
              "platform [" + value + "] must be in the form 'os/arch[/variant]'",
              "write [linux/amd64] or [linux/arm64]"));
    }
    return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
  }

  /**
   * Returns the platforms whose images run here: this one, then the older variants of the same
   * processor, the newest of them first. That is containerd's order, but for images of another
   * processor, such as those for {@code 386} on {@code amd64}, which nobody means.
   */
  public List<Platform> compatible() {
    List<Platform> all = new ArrayList<>(List.of(this));
    int oldest =
        switch (architecture) {
          case "amd64" -> 1;
          case "arm" -> 5;
          case "arm64" -> 8;
          default -> Integer.MAX_VALUE;
        };
    if (variant.matches("v[0-9]{1,2}")) {
      for (int older = Integer.parseInt(variant.substring(1)) - 1; older >= oldest; older--) {
        all.add(new Platform(os, architecture, "v" + older));
      }
    }
    return all;
  }

  /** Returns {@code os/arch[/variant]}. */
  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
