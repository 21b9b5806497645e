// Files dropped anywhere on their form are as if they were chosen.
const form = document.getElementById("drop");
const input = form.querySelector('input[type="file"]');

for (const type of ["dragenter", "dragover"]) {
  form.addEventListener(type, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
});
