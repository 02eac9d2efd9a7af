package io.slimimage.runtime;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.beans.Introspector;
import java.io.ByteArrayOutputStream;
import javax.imageio.ImageIO;

/** Runs inside of a linked runtime with java.desktop and prints what it finds. */
final class DrawingProbe {

  private DrawingProbe() {}

  public static void main(String[] tests) throws Exception {
    for (String test : tests) {
      System.out.println(test + "=" + run(test));
    }
  }

  private static Object run(String test) throws Exception {
    return switch (test) {
      case "beans" -> Introspector.getBeanInfo(Rectangle.class).getPropertyDescriptors().length;
      case "color" -> Color.RED.darker().getRGB();
      case "rectangle" -> new Rectangle(1, 2, 3, 4).getCenterX();
      case "readers" -> ImageIO.getReaderFormatNames().length;
      case "png" -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        yield ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB), "png", out);
      }
      case "text" -> {
        try {
          BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
          image.createGraphics().drawString("text", 5, 20);
          yield "drawn";
        } catch (UnsatisfiedLinkError e) {
          yield e.getMessage();
        }
      }
      default -> throw new IllegalArgumentException(test);
    };
  }
}
