package io.slimimage.samples.xml;

import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** An order, written and read in all the ways there are, one fact a line. */
final class RoundTrips {

  /** What old systems in Korea send; on Linux java.base knows it, jdk.charsets elsewhere. */
  private static final String ENCODING = "EUC-KR";

  private RoundTrips() {}

  static String facts()
      throws JAXBException,
          XMLStreamException,
          TransformerException,
          XPathExpressionException,
          SAXException,
          IOException {
    JAXBContext context = JAXBContext.newInstance(Order.class);
    byte[] xml = write(context);
    Order read = (Order) context.createUnmarshaller().unmarshal(new ByteArrayInputStream(xml));
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(RoundTrips.class.getResource("order.xsd"))
        .newValidator()
        .validate(source(xml));
    return String.join(
        "\n",
        "jaxb=" + read.number + " " + read.customer + " " + read.day + " " + read.items,
        "implementation=" + context.getClass().getPackageName(),
        "bytes=" + new String(xml, Charset.forName(ENCODING)).contains("홍길동"),
        "jackson=" + new XmlMapper().readValue(xml, Map.class).get("customer"),
        "stax=" + firstItem(xml),
        "xslt=" + transform(xml),
        "xpath=" + XPathFactory.newInstance().newXPath().evaluate("/order/@number", input(xml)),
        "");
  }

  private static byte[] write(JAXBContext context) throws JAXBException {
    Order order = new Order();
    order.number = 7;
    order.customer = "홍길동";
    order.day = LocalDate.of(2026, 11, 22);
    order.items = List.of("사과", "배");
    Marshaller marshaller = context.createMarshaller();
    marshaller.setProperty(Marshaller.JAXB_ENCODING, ENCODING);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    marshaller.marshal(order, bytes);
    return bytes.toByteArray();
  }

  /** The implementation of the JDK, although there is another one on the class path. */
  private static String firstItem(byte[] xml) throws XMLStreamException {
    XMLStreamReader reader =
        XMLInputFactory.newDefaultFactory().createXMLStreamReader(new ByteArrayInputStream(xml));
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamReader.START_ELEMENT && reader.getLocalName().equals("item")) {
        return reader.getElementText();
      }
    }
    return "none";
  }

  private static String transform(byte[] xml) throws TransformerException {
    StringWriter text = new StringWriter();
    TransformerFactory.newInstance()
        .newTransformer(new StreamSource(RoundTrips.class.getResource("order.xsl").toString()))
        .transform(source(xml), new StreamResult(text));
    return text.toString();
  }

  private static StreamSource source(byte[] xml) {
    return new StreamSource(new ByteArrayInputStream(xml));
  }

  private static InputSource input(byte[] xml) {
    return new InputSource(new StringReader(new String(xml, Charset.forName(ENCODING))));
  }
}
